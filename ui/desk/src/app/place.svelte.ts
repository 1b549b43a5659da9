// Where the agent is: the route as state, moved by the history API. Loads nothing.

import { addressOf, routeOf, type Route } from "./route.ts";

class Place {
  route = $state.raw<Route>(routeOf(location.pathname, location.hash));

  constructor() {
    addEventListener("popstate", () => {
      this.route = routeOf(location.pathname, location.hash);
    });
    // A one-time token must not stay in the address bar, the history or a screenshot.
    if (this.route.page === "setup") history.replaceState(null, "", `/setup${location.search}`);
  }

  go(route: Route): void {
    const address = addressOf(route) + location.search;
    if (address !== location.pathname + location.search) history.pushState(null, "", address);
    this.route = route;
  }

  /** For links: the browser keeps its own ways to open them, a plain click stays on this page. */
  follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.currentTarget;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    this.go(routeOf(link.pathname, link.hash));
  };
}

export const place = new Place();
