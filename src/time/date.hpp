#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::time {

/// A day of the calendar (Gregorian), without a zone. Stored as ISO text "2026-11-20".
struct Date {
    std::chrono::sys_days days {};

    static Date of(int year, unsigned month, unsigned day);
    /// Reads "2026-11-20" only; nothing for any other text or for a day that does not exist.
    static std::optional<Date> from_iso(std::string_view);
    [[nodiscard]] std::string iso() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] unsigned month() const;      ///< 1 to 12
    [[nodiscard]] unsigned day() const;        ///< 1 to 31
    [[nodiscard]] unsigned weekday() const;    ///< 1 = Monday to 7 = Sunday (ISO 8601)
    [[nodiscard]] Date plus(std::chrono::days) const;
    friend constexpr auto operator<=>(Date, Date) = default;
};

/// Last day of a month (1 to 12).
Date end_of_month(int year, unsigned month);

/// Whole days from the first to the second; negative when the second is earlier.
std::int64_t days_between(Date from, Date to);

/// A point in time, UTC, to the millisecond. Stored as milliseconds since 1970.
struct Instant {
    std::int64_t milliseconds = 0;
    [[nodiscard]] Instant plus(std::chrono::milliseconds) const;
    [[nodiscard]] std::string iso() const;     ///< "2026-11-20T04:10:00.000Z"
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// The three zones of Indonesia; none has daylight saving time (Keppres 41/1987).
enum class Zone { Wib, Wita, Wit };

std::optional<Zone> zone_named(std::string_view);   ///< "WIB", "WITA", "WIT"
std::string_view name(Zone);
std::chrono::hours offset(Zone);                    ///< UTC+7, +8, +9
Date date_at(Instant, Zone);
Instant start_of_day(Date, Zone);

/// Where the present comes from. Only main makes a machine clock; tests and --today make a fixed one.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] Date today(Zone zone = Zone::Wib) const { return date_at(now(), zone); }
};

/// The machine's clock, moved by a fixed span (0 in real use; --today of the demonstration moves it).
class MachineClock final : public Clock {
public:
    explicit MachineClock(std::chrono::milliseconds moved_by = {}) : m_moved_by(moved_by) {}
    [[nodiscard]] Instant now() const override;

private:
    std::chrono::milliseconds m_moved_by;
};

/// Stands still until told otherwise; for tests.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant now) : m_now(now) {}
    [[nodiscard]] Instant now() const override { return m_now; }
    void set(Instant now) { m_now = now; }

private:
    Instant m_now;
};

}
