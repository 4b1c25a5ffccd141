import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const numbersArea = area({
	path: "numbers",
	one: "number",
	add: "new-number",
	need: needs.manageNumbers,
	entry: { text: "numbers", icon: "phone", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
