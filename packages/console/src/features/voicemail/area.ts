import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const voicemailArea = area({
	path: "voicemail",
	need: needs.viewVoicemail,
	entry: { text: "voicemail", icon: "inbox", group: "telephony" },
	screens: () => import("./screens.tsx"),
});

export const greetingsArea = area({
	path: "greetings",
	one: "greeting",
	need: needs.editGreetings,
	entry: { text: "greetings", icon: "mic", group: "telephony" },
	screens: () => import("./screens.tsx"),
});
