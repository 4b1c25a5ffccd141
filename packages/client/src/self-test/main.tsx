import "@inlay/ui/styles.css";
import { setLanguage, useLanguages } from "@inlay/ui";
import { render } from "preact";
import { languageLoaders } from "../languages/loaders.ts";
import { SelfTestPage } from "./page.tsx";

// Before anybody clicks: a click allows sound.
const sound = new AudioContext();
const playsUnasked = sound.state === "running";
void sound.close();

useLanguages(languageLoaders);
const deployment = new URLSearchParams(location.search).get("deployment") ?? undefined;
void setLanguage(navigator.languages).then(() => {
	const root = document.getElementById("inlay");
	if (root) render(<SelfTestPage deployment={deployment} playsUnasked={playsUnasked} />, root);
});
