import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const webServicesArea = area({
	path: "web-services",
	one: "web-service",
	add: "new-web-service",
	need: needs.viewWebServices,
	entry: { text: "webServices", icon: "outgoing", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});

export const scriptHostsArea = area({
	path: "script-hosts",
	need: needs.editScriptHosts,
	entry: { text: "scriptHosts", icon: "gear", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
