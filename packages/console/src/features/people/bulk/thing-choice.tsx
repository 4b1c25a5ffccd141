import { Select } from "@inlay/ui";
import { divisions } from "../../../session/divisions.ts";
import type { Loaded } from "../../../session/load.ts";
import { everyDivision } from "../../../session/rights.ts";
import { Load } from "../../../shell/parts.tsx";
import { t as shared } from "../../../shell/strings.ts";
import { t as people } from "../strings.ts";
import type { BulkModel, Together } from "./bulk-model.ts";
import { t } from "./strings.ts";

type Named = ReadonlyArray<{ id: string; name: string }>;

interface Props {
	model: Pick<BulkModel, "roles" | "groups" | "queues" | "mayGive">;
	action: Together;
	thing: string;
	onThing: (id: string) => void;
	/** A division, where the role holds. */
	place: string;
	onPlace: (id: string) => void;
}

/** The role, group or queue that it is about; and where a role is given. */
export function ThingChoice({ model, action, thing, onThing, place, onPlace }: Props) {
	const ofRoles = action === "giveRole" || action === "takeRole";
	const ofQueues = action === "joinQueue" || action === "leaveQueue";
	const from: Loaded<Named> = ofRoles ? model.roles : ofQueues ? model.queues : model.groups;
	return (
		<>
			<Load from={from}>
				{(things) => {
					const beyond = action === "giveRole" ? things.filter(({ id }) => !model.mayGive(id, place)) : [];
					return (
						<>
							<Select
								label={t(ofRoles ? "role" : ofQueues ? "queue" : "group")}
								value={thing}
								options={[
									{ value: "", text: t("nothing") },
									...things.map((one) => ({ value: one.id, text: one.name, disabled: beyond.includes(one) })),
								]}
								onChange={onThing}
							/>
							{beyond.length > 0 && <p class="ui-hint">{people("beyondYours", { count: beyond.length })}</p>}
						</>
					);
				}}
			</Load>
			{action === "giveRole" && (
				<Select
					label={t("division")}
					value={place}
					options={[
						{ value: everyDivision, text: shared("inEveryDivision") },
						...divisions.value.map(({ id, name }) => ({ value: id, text: name })),
					]}
					onChange={onPlace}
				/>
			)}
		</>
	);
}
