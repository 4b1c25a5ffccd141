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
}

const place = document.getElementById("page");
if (place) {
	loadSettings<Settings>().then(
		(settings) => {
			const call = new CustomerCall(settings.api);
			render(<ShopPage call={call} service={settings.service} caller={settings.caller} />, place);
			void call.resume();
		},
		() => render(<p class="load-failed">{strings.loadFailed}</p>, place),
	);
}
