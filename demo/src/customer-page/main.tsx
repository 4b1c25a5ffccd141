import "@inlay/ui/styles.css";
import "../page/brand.css";
import "./customer.css";
import { render } from "preact";
import { loadSettings } from "../page/settings.ts";
import type { Caller } from "./call-card.tsx";
import { CustomerCall } from "./customer-call.ts";
import { ShopPage } from "./shop-page.tsx";
import { strings } from "./strings.ts";

interface Settings {
	/** Base URL of the API. */
	api: string;
	/** Number to call. */
	service: string;
	caller: Caller;
	/** The messenger's script, and which one it is. */
	messenger: { script: string; deployment: string };
}

/** As a shop's own page would, by a tag of its own. */
function embed({ script, deployment }: Settings["messenger"]): void {
	const tag = document.createElement("script");
	tag.src = script;
	tag.async = true;
	tag.dataset.deployment = deployment;
	document.head.append(tag);
}

const place = document.getElementById("page");
if (place) {
	const away = () => render(<p class="load-failed">{strings.loadFailed}</p>, place);
	void loadSettings<Settings>(away).then((settings) => {
		const call = new CustomerCall(settings.api);
		render(<ShopPage call={call} service={settings.service} caller={settings.caller} />, place);
		void call.resume();
		embed(settings.messenger);
	});
}
