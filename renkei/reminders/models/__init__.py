"""Tables of what falls due, who was told, and the letters that tell it."""

from renkei.reminders.models.arrangement import DigestChoice, ReminderSettings
from renkei.reminders.models.day import DailyWork
from renkei.reminders.models.deadline import Deadline, DeadlineQuerySet, Reminder
from renkei.reminders.models.feed import Feed
from renkei.reminders.models.letter import Channel, Letter, LetterKind, LetterState

__all__ = [
    "Channel",
    "DailyWork",
    "Deadline",
    "DeadlineQuerySet",
    "DigestChoice",
    "Feed",
    "Letter",
    "LetterKind",
    "LetterState",
    "Reminder",
    "ReminderSettings",
]
