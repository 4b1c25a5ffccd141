import { catalogue, textOf } from "@inlay/ui";

/** Texts about how a call sounds. */
export const qualityTexts = catalogue("quality", {
	good: "Good sound",
	fair: "Fair sound",
	poor: "Poor sound",
	interrupted: "Interrupted",
	figures: "{lost} % lost, jitter {jitter} ms",
	figuresDelay: "{lost} % lost, jitter {jitter} ms, round trip {delay} ms",
	nothing:
		"No sound comes or goes for 5 s. Check your network; the call stays open meanwhile. If the sound does not come back, hang up and call again.",
	hearNothing:
		"The other side hears you, you hear nothing for 5 s: check your network or VPN. Tell them that you will call back, and do so if it stays like this.",
	notHeard:
		"You hear the other side, they do not hear you for 5 s: check your network or VPN. If it stays like this, hang up and call back.",
	microphoneSilent:
		"The other side hears nothing of you: your microphone gives no sound. Look for a mute switch on the headset or its cable, or choose another microphone in the settings.",
	otherConnection:
		"Nothing comes from {name}: their connection is interrupted. The call stays open meanwhile; if they do not come back, it ends by itself.",
	otherPageClosed:
		"{name} closed or reloaded their page and does not hear you. If they are not back within seconds, the call ends by itself.",
	otherSilent:
		"Nothing has been heard from the other side for 30 s. They may have muted themselves; check the volume of your speaker, too.",
});

export const t = textOf(qualityTexts);
