# Pictures of the screen, and starting with the computer.

screen-none = There is no screen here that a picture could be taken of. You can add a picture from a file instead.
screen-no-window = No window is in front. Bring the window to the front, or take a picture of the whole screen.
screen-not-allowed = No picture was taken: it was not allowed. You can allow it and try again, or add a picture from a file.
screen-not-on-this-system = Nightline cannot take pictures on this system yet. Take one with the system's own tool and add the file.
screen-no-answer = The system did not answer, so no picture was taken. You can try again.
screen-too-large = The picture is too large. Take a picture of one window instead.
screen-failed = The picture could not be taken. You can try again, or add a picture from a file.

autostart-not-on-this-system = Nightline cannot start by itself on this system yet.
autostart-unusable = The system cannot start a program from this place: { $program }. Starting by itself stays off.
autostart-failed = The setting could not be saved. Nothing was changed.
