import { needs } from "../../session/needs.ts";
import { ListScreen } from "../../shell/list-screen.tsx";
import { Load } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import type { LibrariesModel } from "./response-model.ts";
import { l } from "./strings.ts";

/** The libraries of responses, and for how many queues each is. */
export function LibrariesScreen({ model }: { model: LibrariesModel }) {
	return (
		<ListScreen
			title={l("title")}
			lead={l("lead")}
			need={needs.addLibrary}
			add={l("add")}
			onAdd={() => goTo({ screen: "new-library" })}
		>
			<p>
				<a href={hrefOf({ screen: "responses" })}>{l("toResponses")}</a>
			</p>
			<Load from={model.libraries}>
				{(libraries) =>
					libraries.length === 0 ? (
						<p role="status">{l("none")}</p>
					) : (
						<ul class="rows">
							{libraries.map(({ id, name, inlay: { queueIds } }) => (
								<li key={id}>
									<div class="row-main">
										<a href={hrefOf({ screen: "library", id })}>
											<bdi>{name}</bdi>
										</a>
										<span class="ui-muted">
											{queueIds === null ? l("forAll") : l("forSome", { count: queueIds.length })}
										</span>
									</div>
								</li>
							))}
						</ul>
					)
				}
			</Load>
		</ListScreen>
	);
}
