import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const wrapupCodesArea = area({
	path: "wrap-up-codes",
	one: "wrap-up-code",
	add: "new-wrap-up-code",
	need: needs.viewWrapupCodes,
	entry: { text: "wrapupCodes", icon: "check", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
