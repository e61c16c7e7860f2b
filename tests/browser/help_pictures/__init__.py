"""The pictures of the help centre, made from the running site: `python -m tests.browser.help_pictures [NAME …]`.

Every scene presses what a person would press, by its label in the language of the picture, so a picture cannot be made
once its button has gone. Beside the pictures stands what can be read in them; a test makes the scenes again, and fails
where that differs.
"""
