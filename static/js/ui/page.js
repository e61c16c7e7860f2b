// What every page has: menus, dialogs, copy buttons, times in the reader's clock, messages that can be dismissed,
// controls as the server knows them.

import "./challenge.js";
import "./copy.js";
import "./dialog.js";
import "./drafts.js";
import "./fresh_token.js";
import "./local_time.js";
import "./menu.js";
import "./number_field.js";
import "./once.js";
import "./print.js";
import "./server_values.js";
import "./sign_in_end.js";
import "./sign_out.js";
import "./sounds.js";
import "./tabs.js";
import "./toast.js";
