import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const trunksArea = area({
	path: "trunks",
	one: "trunk",
	add: "new-trunk",
	need: needs.manageTrunks,
	entry: { text: "trunks", icon: "transfer", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
