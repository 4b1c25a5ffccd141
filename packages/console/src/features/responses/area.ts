import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

const screens = () => import("./screens.tsx");

export const responsesArea = area({
	path: "responses",
	one: "response",
	add: "new-response",
	need: needs.viewResponses,
	entry: { text: "responses", icon: "list", group: "contactCenter" },
	screens,
});

export const responseFilesArea = area({ path: "response-files", need: needs.viewAssets, screens });

export const librariesArea = area({
	path: "libraries",
	one: "library",
	add: "new-library",
	need: needs.viewLibraries,
	screens,
});
