import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const singleSignOnArea = area({
	path: "single-sign-on",
	one: "identity-provider",
	add: "new-identity-provider",
	need: needs.viewProviders,
	entry: { text: "singleSignOn", icon: "shield", group: "directory" },
	screens: () => import("./screens.tsx"),
});
