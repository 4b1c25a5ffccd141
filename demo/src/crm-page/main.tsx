import "@inlay/ui/styles.css";
import "../page/brand.css";
import "./crm.css";
import "./call-bar.css";
import "./contact-list.css";
import "./main-and-dock.css";
import "./narrow.css";
import "./contact.css";
import { render } from "preact";
import { loadSettings } from "../page/settings.ts";
import { CrmPage, panelFrameId } from "./crm-page.tsx";
import { panelUrl } from "./panel-url.ts";
import { strings } from "./strings.ts";
import { Workplace } from "./workplace.ts";

interface Settings {
	/** The deployment's address. */
	panelUrl: string;
	demoPage: string;
}

const placeOnPage = document.getElementById("page");
if (placeOnPage) {
	const away = () => render(<p class="load-failed">{strings.loadFailed}</p>, placeOnPage);
	void loadSettings<Settings>(away).then((settings) => {
		const url = panelUrl(settings.panelUrl, location.href);
		// The panel's frame exists only after the first drawing, and its messages come later still.
		const work = new Workplace(url, () => document.querySelector<HTMLIFrameElement>(`#${panelFrameId}`));
		render(<CrmPage work={work} panelUrl={url} demoPage={`${settings.demoPage}/`} />, placeOnPage);
	});
}
