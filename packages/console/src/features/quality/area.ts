import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const qualityArea = area({
	path: "quality",
	need: needs.viewCalls,
	entry: { text: "quality", icon: "speaker", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
