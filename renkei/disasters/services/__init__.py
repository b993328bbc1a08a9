"""Changes of disaster preparedness and of what is asked and answered in a disaster."""
