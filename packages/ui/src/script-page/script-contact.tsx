import { Button } from "../button.tsx";
import { TextField } from "../field.tsx";
import type { ScriptDeeds, ScriptPart } from "./part.ts";

type Contact = Extract<ScriptPart<never>, { kind: "contact" }>;

/** The contact that a campaign calls: what may be corrected is typed, and saved by a press; what may not is read. */
export function ScriptContact({
	part: { id, label, fields },
	deeds,
}: {
	part: Contact;
	deeds: Pick<ScriptDeeds<never>, "busy" | "contact" | "say">;
}) {
	const { typed, type, save } = deeds.contact;
	const changed = fields.filter(({ name, value, mayEdit }) => mayEdit && (typed[name] ?? value) !== value);
	return (
		<fieldset class="script-contact" data-script-contact={id}>
			<legend>{label}</legend>
			{fields.map(({ name, value, mayEdit }) =>
				mayEdit ? (
					<TextField key={name} label={name} value={typed[name] ?? value} onInput={(given) => type(name, given)} />
				) : (
					<div key={name} class="script-read">
						<bdi class="ui-hint">{name}</bdi> <bdi>{value}</bdi>
					</div>
				),
			)}
			{fields.some(({ mayEdit }) => mayEdit) && (
				<Button
					size="small"
					busy={deeds.busy}
					disabled={changed.length === 0}
					onClick={() => save(changed.map(({ name }) => name))}
				>
					{deeds.say("saveContact")}
				</Button>
			)}
		</fieldset>
	);
}
