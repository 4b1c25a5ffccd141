import { Button, Dialog, EmptyState, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Pager, Search } from "../../shell/pager.tsx";
import { Failure, Form, Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { useAddress } from "../../shell/use-address.ts";
import type { GroupsModel } from "./groups-model.ts";
import { t } from "./strings.ts";

/** All groups. */
export function GroupsScreen({ model }: { model: GroupsModel }) {
	const [adding, setAdding] = useState(false);
	return (
		<ListScreen
			title={t("groups")}
			lead={t("groupsLead")}
			need={needs.addGroup}
			add={t("addGroup")}
			onAdd={() => setAdding(true)}
		>
			<Groups model={model} />
			{adding && <AddGroup model={model} onClose={() => setAdding(false)} />}
		</ListScreen>
	);
}

/** Searched, where there are more than a page takes in. */
function Groups({ model: { groups } }: { model: GroupsModel }) {
	useAddress(groups);
	const total = groups.slice.value?.total ?? 0;
	return (
		<div class="ui-stack">
			{(total > fewGroups || groups.text.value !== "") && <Search list={groups} label={t("searchGroups")} />}
			<Load from={groups.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<NoGroup text={groups.text.value} />
					) : (
						<ul class="rows">
							{entities.map((group) => (
								<li key={group.id}>
									<div class="row-main">
										<a href={hrefOf({ screen: "group", id: group.id })}>{group.name}</a>
										<span class="ui-muted">{t("memberCount", { count: group.memberCount })}</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={groups} />
		</div>
	);
}

function NoGroup({ text }: { text: string }) {
	if (text !== "") return <p role="status">{t("noGroup", { text })}</p>;
	return (
		<div class="ui-card">
			<EmptyState icon="users" title={t("groupsEmptyTitle")}>
				<p>{t("groupsEmptyText")}</p>
			</EmptyState>
		</div>
	);
}

const fewGroups = 10;

function AddGroup({ model, onClose }: { model: GroupsModel; onClose: () => void }) {
	const [name, setName] = useState("");
	const [tried, setTried] = useState(false);
	const refused = model.adding.error.value;
	const send = async () => {
		setTried(true);
		const id = name.trim() === "" ? undefined : await model.add(name);
		if (!id) return;
		onClose();
		goTo({ screen: "group", id });
		tell(t("groupAdded", { name: name.trim() }));
	};
	return (
		<Dialog title={t("addGroupTitle")} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<TextField
					label={t("groupName")}
					value={name}
					required
					error={tried && name.trim() === "" ? t("nameProblem") : refusedFor(refused, "name")}
					onInput={setName}
				/>
				<Failure error={failureBeside(refused, "name")} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={model.adding.busy.value}>
						{t("add")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}
