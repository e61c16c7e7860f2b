// What every page has: menus, dialogs, copy buttons, times in the reader's clock, messages that can be dismissed.

import "./copy.js";
import "./dialog.js";
import "./local_time.js";
import "./menu.js";
import "./number_field.js";
import "./once.js";
import "./tabs.js";
import "./toast.js";
