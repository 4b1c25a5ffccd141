import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const locationsArea = area({
	path: "locations",
	one: "location",
	add: "new-location",
	need: needs.editLocations,
	entry: { text: "locations", icon: "flag", group: "directory" },
	screens: () => import("./screens.tsx"),
});
