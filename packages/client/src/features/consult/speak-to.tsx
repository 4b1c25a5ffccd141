import { useRef } from "preact/hooks";
import type { SpeakTo } from "../../session/call-actions.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const choices = [
	["OBJECT", "customer"],
	["BOTH", "both"],
	["DESTINATION", "destination"],
] as const satisfies ReadonlyArray<readonly [SpeakTo, string]>;

/** Whom the agent talks to: one choice of three, moved by the arrow keys as any group of radio buttons. */
export function SpeakToChoice({
	workspace,
	call,
	speakTo,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	speakTo: SpeakTo;
}) {
	const group = useRef<HTMLFieldSetElement>(null);
	/** The picture is what is true: a wish that is lost leaves no button pressed that would take no second press. */
	const choose = (wanted: SpeakTo) => {
		for (const one of group.current?.querySelectorAll("input") ?? []) one.checked = one.value === speakTo;
		void workspace.tell(() => workspace.session.actions.speakTo(call, wanted));
	};
	return (
		<fieldset class="speak-to" ref={group}>
			<legend class="ui-hidden">{t("whoHearsYou")}</legend>
			{choices.map(([value, text]) => (
				<label key={value} data-speak={value} data-on={value === speakTo ? "true" : undefined}>
					<input
						type="radio"
						name={`speak-to-${call.id}`}
						value={value}
						checked={value === speakTo}
						onChange={() => choose(value)}
					/>
					<span>{t(text)}</span>
				</label>
			))}
		</fieldset>
	);
}
