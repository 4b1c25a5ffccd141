import "@inlay/ui/styles.css";
import "../shell/shell.css";
import { render } from "preact";
import { setLanguage } from "../i18n/i18n.ts";
import { App } from "../shell/app.tsx";
import { Panel } from "./panel.ts";

setLanguage(navigator.language);
const panel = new Panel();
const place = document.getElementById("inlay");
if (place) render(<App panel={panel} />, place);
void panel.start();
