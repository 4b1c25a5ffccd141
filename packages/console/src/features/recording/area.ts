import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const recordingArea = area({
	path: "recording",
	one: "recording-policy",
	add: "new-recording-policy",
	need: needs.viewRecording,
	entry: { text: "recording", icon: "record", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
