import { render } from "preact";
import type { SessionModel } from "./session-model.ts";
import type { Settings } from "./settings.ts";
import type { ShareModel } from "./share-model.ts";
import { style } from "./style.ts";
import { Messenger } from "./view/messenger.tsx";

/** What a page has of a messenger. */
export interface MessengerParts {
	model: SessionModel;
	share: ShareModel;
	settings: Settings;
}

const rightToLeft = /^(?:ar|fa|he|ur)\b/;

/** In a shadow root: the page's styles stay out, and the messenger's in. No style needs leave by the page's policy. */
export function mount({ model, share, settings }: MessengerParts): void {
	const host = document.createElement("inlay-messenger");
	host.lang = settings.language;
	host.dir = rightToLeft.test(settings.language) ? "rtl" : "ltr";
	host.style.setProperty("--accent", settings.color);
	host.style.setProperty("--on-accent", isLight(settings.color) ? "#10201d" : "#ffffff");
	const root = host.attachShadow({ mode: "open" });
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(style);
	root.adoptedStyleSheets = [sheet];
	document.body.append(host);
	render(<Messenger model={model} share={share} settings={settings} />, root);
	document.addEventListener("visibilitychange", () => model.looked());
}

/** By its relative luminance (WCAG 2.2): dark text stands out more on it than white. */
function isLight(color: string): boolean {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
}
