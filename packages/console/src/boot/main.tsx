import { ignoreHeldKeysElsewhere, setLanguage, useLanguages } from "@inlay/ui";
import "@inlay/ui/styles.css";
import "../shell/console.css";
import "../shell/forms.css";
import "../shell/rows.css";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { Session } from "../session/session.ts";
import { App } from "../shell/app.tsx";
import { followAddress } from "../shell/router.ts";

useLanguages(languageLoaders);
void setLanguage(navigator.languages);
ignoreHeldKeysElsewhere();
const session = new Session(
	{
		origin: location.origin,
		search: () => location.search,
		screen: () => location.hash.replace(/^#/, ""),
		replace: (path) => {
			history.replaceState(null, "", path);
			followAddress();
		},
		forget: () => {
			const own = Object.keys(sessionStorage).filter((key) => key.startsWith("inlay.console."));
			for (const key of own) sessionStorage.removeItem(key);
		},
		go: (url) => location.assign(url),
	},
	sessionStorage,
);
const place = document.getElementById("console");
if (place) render(<App session={session} />, place);
void session.start();
