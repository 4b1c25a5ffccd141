import "@inlay/ui/styles.css";
import "../shell/shell.css";
import { setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { App } from "../shell/app.tsx";
import { watchFreshness } from "../shell/freshness.ts";
import { handBack, isSignInWindow } from "./hand-back.ts";
import { Panel } from "./panel.ts";

useLanguages(languageLoaders);
void setLanguage(navigator.languages);
if (isSignInWindow()) handBack();
else start();

function start(): void {
	watchFreshness();
	const panel = new Panel();
	const place = document.getElementById("inlay");
	if (place) render(<App panel={panel} />, place);
	void panel.start();
}
