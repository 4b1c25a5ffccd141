import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const scriptsArea = area({
	path: "scripts",
	one: "script",
	add: "new-script",
	need: needs.viewScripts,
	entry: { text: "scripts", icon: "log", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
