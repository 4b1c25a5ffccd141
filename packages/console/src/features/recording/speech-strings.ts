import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("speech", {
	title: "Speech to text",
	hint: "What is said in calls of queues that want it is shown to their agents as text while it is said, and kept nowhere. The rules of recording hold for it.",
	enabled: "Turn speech into text",
	voicemail: "Turn voicemails into text, too",
	engines: "Speech engines",
	enginesHint:
		"One a line: the language, then the address, such as “en-US ws://speech.example:2700”. The first is asked where nothing says which language is spoken.",
	enginesProblem: "Write one engine a line: a language and an address that begins with ws:// or wss://.",
	try: "Test",
	works: "{language}: it works.",
	fails: "{language}: {error}",
	saved: "What is said of speech to text has been saved.",
});

export const t = textOf(texts);
