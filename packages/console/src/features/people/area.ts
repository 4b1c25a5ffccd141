import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

const screens = () => import("./screens.tsx");

export const peopleArea = area({
	path: "people",
	one: "person",
	add: "new-person",
	need: needs.viewPeople,
	entry: { text: "people", icon: "user", group: "directory" },
	screens,
});

/** Reached from the list of people. */
export const peopleImportArea = area({ path: "people-import", need: needs.addPerson, screens });

export const groupsArea = area({
	path: "groups",
	one: "group",
	need: needs.viewGroups,
	entry: { text: "groups", icon: "users", group: "directory" },
	screens,
});
