/**
 * Phrases that announce no type: those that free a number ("order", "invoice number", "version") and units of what is
 * counted. A phrase a line, in lower case and without apostrophes; longer phrases win over shorter ones.
 */
import type { Announcement } from '../text/announcement.ts';

/** Phrases of no type: those that exclude, and those that announce more than one type. */
export const GENERAL_PHRASES: readonly Announcement[] = [
  {
    kind: 'EXCLUSION',
    answer: 'exclusion',
    plain: 'never',
    inNames: 'anywhere',
    isTalk: undefined,
    phrases: `
        order
        orders
        order number
        order no
        order id
        order #
        ordering
        tracking
        tracking number
        tracking no
        tracking id
        invoice
        invoice number
        invoice no
        po
        po number
        p o number
        purchase order
        sku
        skus
        case
        case number
        case no
        case id
        ticket
        ticket number
        ticket no
        incident
        incident number
        reference
        reference number
        ref
        ref number
        ref no
        confirmation
        confirmation number
        confirmation code
        booking
        booking number
        booking reference
        reservation
        reservation number
        itinerary
        record locator
        locator
        version
        versions
        firmware
        build
        release
        kernel
        error
        error code
        error number
        code error
        status code
        http
        exit code
        fault code
        flight
        flight number
        flights
        gate
        seat
        terminal
        train
        bus
        part
        part number
        part no
        model
        model number
        model no
        serial
        serial number
        serial no
        imei
        meid
        item
        item number
        item no
        product
        product code
        product number
        catalog
        catalogue
        upc
        isbn
        ean
        asin
        barcode
        bar code
        lot
        lot number
        batch
        batch number
        zip
        zip code
        zipcode
        postal code
        postcode
        post code
        promo
        promo code
        discount code
        coupon
        coupon code
        voucher
        voucher code
        gift
        gift card
        giftcard
        gift card balance
        balance
        points
        reward points
        rewards
        miles
        country code
        dialing code
        short code
        shortcode
        text stop to
        text stop
        text help to
        reply stop
        price
        priced
        cost
        costs
        total
        totals
        subtotal
        amount
        amounts
        charge
        charged
        fee
        fees
        refund
        refunded
        refund of
        payment of
        paid
        owed
        owe
        due
        bill
        bill of
        bills
        deductible
        copay
        premium
        deposit of
        credit of
        worth
        salary
        income
        budget
        quantity
        qty
        units
        how many
        how much
        how long
        count
        number of
        score
        rating
        rated
        ratio
        aspect
        percent
        percentage
        temperature
        speed
        meter reading
        reading
        odometer
        mileage
        square feet
        square foot
        height
        weight
        size
        dimensions
        resolution
        agent id
        employee id
        employee number
        badge
        badge number
        store number
        room
        room number
        floor
        suite
        unit number
        page
        pages
        chapter
        section
        step
        steps
        line item
        row
        rows
        column
        cell a1
        cells
        port
        ports
        channel
        channels
        highway
        route
        exit
        interstate
        bus number
        contact id
        contactid
        interaction id
        session id
        session
        request id
        transaction
        transaction number
        transaction id
        transaction no
        txn
        trace
        trace id
        correlation id
        job id
        run id
        commit
        hash
        sha
        uuid
        guid
        arn
        md5
        policy
        policy number
        policy no
        claim
        claim number
        claim no
        claim id
        quote number
        quote
        rma
        rma number
        return number
        authorization number
        authorization code
        approval code
        approval number
        work order
        work order number
        service request
        service request number
        sr
        shipment
        shipment number
        shipping number
        package number
        parcel
        container
        delivery number
        waybill
        awb
        airway bill
        member since
        since
        version number
        release number
        patch
        device id
        device number
        asset
        asset tag
        vendor number
        vendor id
        location number
        location id
        machine number
        terminal id
        receipt
        receipt number
        lane
        example number
        customer since
        press
        option
        options
        dial one
        kb article
        article
        bug
        pull request
        jira
        servicenow
        inc
        channel number
        meeting id
        meeting number
        zoom
        zoom meeting
        zoom meeting id
        teams meeting
        webinar id
        conference id
        conference number
        customer id
        member id
        member number
        membership number
        membership card
        loyalty number
        loyalty card
        loyalty id
        rewards number
        rewards card
        library card
        sim card
        business card
        gift certificate
        frequent flyer
        frequent flyer number
        user id
        call id
        chat id
        conversation id
        message id
        thread id
        visitor id
        guest id
        student id
        complaint number
        application number
        application id
        docket number
        file number
        certificate number
        prescription number
        rx number
        meter number
        meter no
        iccid
        imsi
        listing number
        listing id
        group number
        house number
        apartment
        apt
        birthday party
        birthday discount
        birthday gift
        birthday present
        birthday card
        birthday cake
        birthday reward
        social security payment
        social security check
        social security benefits
        social security benefit
        social security office
        social security income
        social security administration
        social security disability
        bus pass
        boarding pass
        day pass
        season pass
        parking pass
        activity code
        course code
        class code
        color code
        colour code
        style code
        job code
        billing code
        diagnosis code
        procedure code
        department code
        cost code
        charge code
        plan code
        rate code
        fare code
        airport code
        reason code
        response code
        result code
        return code
        tax code
        stock code
        state code
        county code
        dress code
        building code
        qr code
        trouble code
        failure code
        alert code
        event code
        warning code
        blink code
        offer code
        referral code
        part code
        order code
        booking code
        loan
        loan number
        activation key
        product key
        license key
        serial key
        job number
        equipment number
        inspection number
        permit number
        contract
        contract number
        campaign id
        seconds
        latency
        ping
        bandwidth
        mbps
      `,
  },
  {
    kind: 'UNIT',
    answer: 'unit',
    plain: 'never',
    inNames: 'at the end',
    isTalk: undefined,
    phrases: `
        unit
        units
        dollar
        dollars
        bucks
        cent
        cents
        euro
        euros
        pound
        pounds
        pence
        minute
        minutes
        min
        mins
        second
        seconds
        secs
        hour
        hours
        hrs
        day
        days
        week
        weeks
        month
        months
        year
        years
        percent
        people
        customers
        users
        items
        item
        pieces
        boxes
        points
        miles
        mile
        km
        kilometers
        kilometres
        feet
        foot
        inches
        inch
        meters
        metres
        gb
        gigs
        gigabytes
        mb
        megs
        megabytes
        tb
        mbps
        ghz
        hz
        watts
        volts
        kwh
        degrees
        times
        oclock
        o clock
        am
        pm
        a m
        p m
        pages
        calls
        tickets
        orders
        stars
        grams
        kg
        kilos
        lbs
        ounces
        oz
        mg
        ml
        liters
        litres
        gallons
        rooms
        seats
        nights
        guests
        tablets
        pills
        copies
        licenses
        lines
        devices
        channels
        steps
        years old
        employees
        agents
        stores
        units each
        mo
        per month
        a month
        a day
        a year
        nd
        rd
        th
        st
        street
        avenue
        ave
        road
        boulevard
        blvd
        drive
        lane
        north
        south
        east
        west
      `,
  },
];
