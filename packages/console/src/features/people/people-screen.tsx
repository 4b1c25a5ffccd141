import "./bulk/bulk.css";
import { Badge, Button } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { keepAsFile } from "../../shell/csv.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Pager, Search, Sort } from "../../shell/pager.tsx";
import { Failure, Load } from "../../shell/parts.tsx";
import { useRights } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { useAddress } from "../../shell/use-address.ts";
import { BulkBar } from "./bulk/bulk-bar.tsx";
import { t as bulk } from "./bulk/strings.ts";
import { type ListedPerson, mayUsePanel } from "./listed-person.ts";
import type { PeopleModel } from "./people-model.ts";
import { t } from "./strings.ts";

/** Users with their roles, a page at a time, and whether they may use the panel. */
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
				<Sort
					list={people}
					fields={{ name: t("name"), email: t("email"), department: t("department"), title: t("jobTitle") }}
				/>
				<Files model={model} />
				{model.bulk.isOffered && (
					<BulkBar
						model={model.bulk}
						atOnce={model.atOnce}
						page={people.slice.value?.entities ?? []}
						total={people.slice.value?.total ?? 0}
						onDone={() => void people.reload()}
					/>
				)}
				<Load from={people.slice}>
					{({ entities }) =>
						entities.length === 0 ? (
							<p role="status">{t("nobody", { text: people.text.value })}</p>
						) : (
							<ul class="rows">
								{entities.map((person) => (
									<Row key={person.id} person={person} model={model} />
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

/** The list as a file, and a file into the list. */
function Files({ model }: { model: PeopleModel }) {
	const mayImport = useRights().may(needs.addPerson);
	const { exporting } = model;
	const keep = async () => {
		const made = await model.export();
		if (!made) return;
		keepAsFile("people.csv", made.text);
		tell(bulk("exported", { count: made.count }));
	};
	return (
		<div class="form-actions">
			{mayImport && <Button onClick={() => goTo({ screen: "people-import" })}>{bulk("import")}</Button>}
			<Button busy={exporting.busy.value} onClick={() => void keep()}>
				{bulk("export")}
			</Button>
			<Failure error={exporting.error.value} />
		</div>
	);
}

/** What else the list is sorted by. */
function Place({ person: { title, department } }: { person: ListedPerson }) {
	const known = [title, department].filter((one) => one !== undefined && one !== "");
	return known.length === 0 ? null : <span class="ui-muted">{known.join(" · ")}</span>;
}

function Row({ person, model }: { person: ListedPerson; model: PeopleModel }) {
	const { isOffered, selection } = model.bulk;
	const isMatching = model.atOnce.chosen.value !== undefined;
	const { roles = [] } = person.authorization ?? {};
	return (
		<li>
			{isOffered && (
				<input
					type="checkbox"
					aria-label={bulk("choose", { name: person.name })}
					checked={isMatching || selection.has(person.id)}
					disabled={isMatching}
					onChange={(event) => selection.set([person], event.currentTarget.checked)}
				/>
			)}
			<div class="row-main">
				<a href={hrefOf({ screen: "person", id: person.id })}>{person.name}</a>
				<span class="ui-muted">{person.email}</span>
				<Place person={person} />
				{person.authorization && (
					<span class="ui-muted">{roles.length === 0 ? t("noRole") : roles.map((role) => role.name).join(", ")}</span>
				)}
			</div>
			<div class="row-end">
				{person.state === "inactive" && <Badge tone="warn">{t("inactive")}</Badge>}
				{mayUsePanel(person) && <Badge tone="good">{t("mayUse")}</Badge>}
			</div>
		</li>
	);
}
