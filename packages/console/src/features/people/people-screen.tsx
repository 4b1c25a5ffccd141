import { missingRequiredRows } from "@inlay/contract";
import { Badge } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { User } from "../../session/wire.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Pager, Search } from "../../shell/pager.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import type { PeopleModel } from "./people-model.ts";
import { t } from "./strings.ts";

/** Users with their roles, a page at a time, and whether the permission for the panel is among them. */
export function PeopleScreen({ model }: { model: PeopleModel }) {
	const { people } = model;
	useAddress(people);
	return (
		<ListScreen
			title={t("people")}
			lead={t("peopleLead")}
			need={needs.addPerson}
			add={t("addPerson")}
			onAdd={() => goTo({ screen: "new-person" })}
		>
			<div class="ui-stack">
				<Search list={people} label={t("search")} />
				<Load from={people.slice}>
					{({ entities }) =>
						entities.length === 0 ? (
							<p role="status">{t("nobody", { text: people.text.value })}</p>
						) : (
							<ul class="rows">
								{entities.map((person) => (
									<Row key={person.id} person={person} />
								))}
							</ul>
						)
					}
				</Load>
				<Pager list={people} />
			</div>
		</ListScreen>
	);
}

function Row({ person }: { person: User }) {
	const { roles = [], permissions = [] } = person.authorization ?? {};
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "person", id: person.id })}>{person.name}</a>
				<span class="ui-muted">{person.email}</span>
				{person.authorization && (
					<span class="ui-muted">{roles.length === 0 ? t("noRole") : roles.map((role) => role.name).join(", ")}</span>
				)}
			</div>
			<div class="row-end">
				{person.state === "inactive" && <Badge tone="warn">{t("inactive")}</Badge>}
				{missingRequiredRows(permissions).length === 0 && <Badge tone="good">{t("mayUse")}</Badge>}
			</div>
		</li>
	);
}
