import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'UK_NHS',
  personal: [
    'my NHS number is {UK_NHS|943 476 5919}',
    'nhs {UK_NHS|9434765919}',
    'NHS no: {UK_NHS|401 023 2137}',
    '{UK_NHS|943 476 5919} is my NHS number',
    'my n h s number is {UK_NHS|nine four three, four seven six, five nine one nine}',
    'NHS number {UK_NHS|943-476-5919}, please',
    'the national health service number is {UK_NHS|4010232137}',
    'my NHS number is {UK_NHS|943 476 5918}',
  ],
  ordinary: [
    'it is 943 476 5919',
    'call me on 943 476 5919',
    'my NHS number is 943 476 591',
    'my NHS number is +44 20 7946 0018',
    'the NHS has 1400 beds',
    'the nhs order number is 9434765919',
    'my NHS appointment is at 10:30',
    'NHS number 943 476 59190',
  ],
};
