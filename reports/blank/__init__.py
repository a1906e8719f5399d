"""The templates that come with Rollcall, made anew: `python -m reports.blank` writes them into reports/templates.

They are files like those that an office puts in their place; they are made by a program so that both languages stay
alike, and so that a change to them can be read.
"""
