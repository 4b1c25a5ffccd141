import "@inlay/ui/styles.css";
import "../shell/phone-window.css";
import { lendThisPage } from "../windows/lend.ts";

/** The phone's own window: a place for sound. The panel that opened it works in it, and finds it again after a reload. */
lendThisPage("phone", { giveUp: () => window.close() })();
