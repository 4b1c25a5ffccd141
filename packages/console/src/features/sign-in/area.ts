import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const signInRulesArea = area({
	path: "sign-in",
	need: needs.viewSignInRules,
	entry: { text: "signInRules", icon: "gear", group: "directory" },
	screens: () => import("./screens.tsx"),
});
