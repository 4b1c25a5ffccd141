import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const explorerArea = area({
	path: "explorer",
	need: needs.viewGrants,
	entry: { text: "explorer", icon: "search", group: "directory" },
	screens: () => import("./screens.tsx"),
});
