import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const callRulesArea = area({
	path: "calls",
	need: needs.viewCallRules,
	entry: { text: "calls", icon: "users", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
