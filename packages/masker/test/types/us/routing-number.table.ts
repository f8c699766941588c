import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'ABA_ROUTING_NUMBER',
  personal: [
    'routing number {ABA_ROUTING_NUMBER|021000021}',
    "my routing's {ABA_ROUTING_NUMBER|021000021}",
    'aba {ABA_ROUTING_NUMBER|121000358}',
    'routing {ABA_ROUTING_NUMBER|0210-0002-1}',
    'wire it over {ABA_ROUTING_NUMBER|0210-0002-1} today',
    'the transit number is {ABA_ROUTING_NUMBER|011401533}',
    'ach routing {ABA_ROUTING_NUMBER|zero two one zero zero zero zero two one}',
    'routing number: {ABA_ROUTING_NUMBER|121000358}',
  ],
  ordinary: [
    'order 021000021',
    'routing is slow today',
    'the route is 21',
    'it is 021000021',
    'it is 0210-0002-2',
    'the transit takes 3 days',
    'tracking 0210-0002-1',
    'we reroute 9 calls',
  ],
};
