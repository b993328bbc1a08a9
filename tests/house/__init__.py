"""Tests of the house itself: its floors, sizes, words and promises. Each has a sample that it must refuse."""
