import { catalogue, textOf } from "@inlay/ui";

export const settingsTexts = catalogue("settings", {
	title: "Settings",
	phone: "Phone",
	station: "Where calls ring",
	thisPanel: "This panel ({name})",
	noStation: "No phone",
	ready: "This panel rings.",
	connecting: "Connecting…",
	lost: "Reconnecting…",
	off: "Calls do not ring in this panel.",
	sound: "Sound",
	microphone: "Microphone",
	speaker: "Speaker",
	ringer: "Ring on",
	systemDevice: "System default",
	deviceNumber: "Device {number}",
	volume: "Ring volume",
	ringTest: "Test ring",
	micTest: "Test microphone",
	micStop: "Stop test",
	level: "Microphone level",
	speak: "Say something: the bar should move.",
	account: "Account",
});

export const t = textOf(settingsTexts);
