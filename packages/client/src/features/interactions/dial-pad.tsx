import "./dial-pad.css";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { PadKeys } from "../../shell/pad-keys.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import { openTools } from "./open-tools.ts";
import { t } from "./strings.ts";

/** Sends tones into a call, by click or by the keyboard. Digits go out one after the other, in the order pressed. */
export function DialPad({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const { sent, keypad } = openTools(call.id);
	const queue = useRef(Promise.resolve());
	const place = useRef<HTMLFieldSetElement>(null);
	// Before it is painted: who types at once lost the first digit.
	useLayoutEffect(() => place.current?.focus(), []);
	const press = (digit: string) => {
		sent.value = (sent.value + digit).slice(-24);
		queue.current = queue.current.then(async () => {
			await workspace.attempt(`dtmf.${call.id}`, () => workspace.session.actions.sendDigits(call, digit));
		});
	};
	return (
		<fieldset
			class="dial-pad"
			ref={place}
			tabIndex={-1}
			aria-label={t("dtmf")}
			onKeyDown={(event) => {
				if (event.key === "Escape") {
					keypad.value = false;
					place.current?.closest(".interaction")?.querySelector<HTMLElement>('[data-control="dtmf"]')?.focus();
				}
				if (!/^[0-9*#]$/.test(event.key)) return;
				event.preventDefault();
				press(event.key);
			}}
		>
			<output class="dial-sent ui-number" dir="ltr" aria-label={t("keypadSent")}>
				{sent.value || " "}
			</output>
			<PadKeys onPress={press} />
		</fieldset>
	);
}
