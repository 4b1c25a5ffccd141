import { missingRequiredRows } from "@inlay/contract";
import { Badge, Button, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { User } from "../../session/wire.ts";
import { Load, Screen } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { PeopleModel } from "./people-model.ts";
import { t } from "./strings.ts";

/** All users with their roles, and whether the permission for the panel is among them. */
export function PeopleScreen({ model }: { model: PeopleModel }) {
	const [text, setText] = useState("");
	return (
		<Screen
			title={t("people")}
			lead={t("peopleLead")}
			actions={
				<Button kind="primary" icon="plus" onClick={() => goTo({ screen: "new-person" })}>
					{t("addPerson")}
				</Button>
			}
		>
			<Load from={model.people}>
				{(people) => {
					const found = people.filter((person) => matches(person, text));
					return (
						<div class="ui-stack">
							<TextField label={t("search")} type="search" value={text} onInput={setText} />
							{found.length === 0 ? (
								<p role="status">{t("nobody", { text })}</p>
							) : (
								<ul class="rows">
									{found.map((person) => (
										<Row key={person.id} person={person} />
									))}
								</ul>
							)}
						</div>
					);
				}}
			</Load>
		</Screen>
	);
}

function matches({ name, email = "" }: User, text: string): boolean {
	return `${name} ${email}`.toLowerCase().includes(text.trim().toLowerCase());
}

function Row({ person }: { person: User }) {
	const { roles = [], permissions = [] } = person.authorization ?? {};
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "person", id: person.id })}>{person.name}</a>
				<span class="ui-muted">{person.email}</span>
				<span class="ui-muted">{roles.length === 0 ? t("noRole") : roles.map((role) => role.name).join(", ")}</span>
			</div>
			<div class="row-end">
				{person.state === "inactive" && <Badge tone="warn">{t("inactive")}</Badge>}
				{missingRequiredRows(permissions).length === 0 && <Badge tone="good">{t("mayUse")}</Badge>}
			</div>
		</li>
	);
}
