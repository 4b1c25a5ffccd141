import "@inlay/ui/styles.css";
import "../shell/shell.css";
import { setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { Typing } from "./typing.ts";
import { WorkArea } from "./work-area.tsx";
import { ownSiblings, panelIsHere, type WorkAreaState, workAreaAsks } from "./work-area-link.ts";

useLanguages(languageLoaders);
const place = document.getElementById("inlay");

/** The second frame that host pages may have (framework-contract 1): what the panel beside it has selected, with room. */
let port: MessagePort | undefined;
let typing = new Typing("");

function show(state: WorkAreaState | undefined): void {
	if (!place) return;
	const write = (notes: string) => {
		const interactionId = state?.interaction?.id;
		if (!interactionId) return;
		typing.write(notes);
		port?.postMessage({ interactionId, notes });
	};
	const id = state?.interaction?.id ?? "";
	if (typing.interactionId !== id) typing = new Typing(id);
	const shown = state && { ...state, notes: typing.heard(state.notes) };
	render(<WorkArea state={shown} onNotes={write} />, place);
}

/** Also when the panel was reloaded: the port of the one before is dead. */
function ask(): void {
	for (const frame of ownSiblings(window)) {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<WorkAreaState>) => {
			port = port1;
			void setLanguage(data.language).then(() => show(data));
		};
		frame.dispatchEvent(new CustomEvent(workAreaAsks, { detail: port2 }));
	}
}

window.addEventListener(panelIsHere, ask);
void setLanguage(navigator.languages).then(() => {
	show(undefined);
	ask();
});
