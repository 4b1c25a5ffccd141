import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const callingRulesArea = area({
	path: "calling",
	need: needs.viewSignInRules,
	entry: { text: "calling", icon: "clock", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
