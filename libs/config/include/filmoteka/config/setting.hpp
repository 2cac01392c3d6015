/// One setting: its name, the member of the settings struct that it fills, and all that people need to know
/// of it.
#pragma once

#include <filmoteka/config/codec.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::config {

/// What print and /config show of a value.
enum class Secrecy { kOpen, kPassword, kSecret };  ///< all; a URL without its password; nothing

/// The texts that a source gives for one setting: one, or any number for a list.
struct RawValue {
  std::vector<std::string> texts;
  bool is_list = false;  ///< written as a list; a single text is split at commas where a list is wanted
};

class Setting {
 public:
  virtual ~Setting() = default;
  const std::string& name() const { return name_; }
  const std::string& help() const { return help_; }
  const std::string& flag() const { return flag_; }      ///< without dashes; empty: it has none
  const std::string& origin() const { return origin_; }  ///< "default", "FILE:LINE", a variable, "--flag"
  bool is_shared() const { return shared_; }             ///< may stand in the section `common`
  bool is_live() const { return live_; }                 ///< a new value is taken over on SIGHUP
  Secrecy secrecy() const { return secrecy_; }

  /// Takes the value over, or says what is allowed and leaves all as it was.
  std::optional<std::string> assign(const RawValue& raw, std::string origin);
  virtual std::string allowed() const = 0;
  virtual bool is_list() const = 0;
  virtual std::vector<std::string> texts() const = 0;          ///< the value now, one text an element
  virtual std::vector<std::string> default_texts() const = 0;  ///< the value when it was described
  /// texts() as they may be shown.
  std::vector<std::string> shown_texts() const;

 protected:
  Setting(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}
  virtual bool try_assign(const RawValue& raw) = 0;

  std::string name_;
  std::string help_;
  std::string flag_;
  std::string origin_ = "default";
  bool shared_ = false;
  bool live_ = false;
  Secrecy secrecy_ = Secrecy::kOpen;
};

template <class T>
struct ElementOf {
  using Type = T;
  static constexpr bool kIsList = false;
};
template <class T>
struct ElementOf<std::vector<T>> {
  using Type = T;
  static constexpr bool kIsList = true;
};

/// T is a type with a Codec, or a vector of one. The member outlives the setting.
template <class T>
class TypedSetting final : public Setting {
 public:
  using Element = typename ElementOf<T>::Type;
  TypedSetting(std::string name, T& member, std::string help)
      : Setting(std::move(name), std::move(help)),
        member_(member),
        default_(member),
        allowed_(Codec<Element>::expected()) {}

  /// "--flag VALUE" on the command line.
  TypedSetting& flag(std::string name) { return flag_ = std::move(name), *this; }
  using Setting::flag;
  TypedSetting& secret() { return secrecy_ = Secrecy::kSecret, *this; }
  TypedSetting& hide_password() { return secrecy_ = Secrecy::kPassword, *this; }
  /// All services have it: it may stand in `common`, and FILMOTEKA_COMMON_… sets it.
  TypedSetting& shared() { return shared_ = true, *this; }
  /// May change while the service runs; all others need a restart.
  TypedSetting& live() { return live_ = true, *this; }
  /// Both ends belong to it.
  TypedSetting& range(Element low, Element high) {
    std::string text = Codec<Element>::expected();
    if constexpr (std::integral<Element>) text = "an integer";
    text += " from " + Codec<Element>::format(low) + " to " + Codec<Element>::format(high);
    return check(std::move(text),
                 [low, high](const Element& value) { return low <= value && value <= high; });
  }
  TypedSetting& one_of(std::vector<Element> values) {
    std::string text = "one of";
    for (const Element& value : values)
      text += (text.size() > 6 ? ", " : " ") + Codec<Element>::format(value);
    return check(std::move(text), [values = std::move(values)](const Element& value) {
      return std::find(values.begin(), values.end(), value) != values.end();
    });
  }
  /// `allowed` completes "must be …".
  TypedSetting& check(std::string allowed, std::function<bool(const Element&)> accept) {
    allowed_ = std::move(allowed);
    accept_ = std::move(accept);
    return *this;
  }

  bool is_list() const override { return ElementOf<T>::kIsList; }
  std::string allowed() const override { return is_list() ? "a list; each item: " + allowed_ : allowed_; }
  std::vector<std::string> texts() const override { return texts_of(member_); }
  std::vector<std::string> default_texts() const override { return texts_of(default_); }

 private:
  static std::vector<std::string> texts_of(const T& value) {
    if constexpr (ElementOf<T>::kIsList) {
      std::vector<std::string> texts;
      for (const Element& element : value) texts.push_back(Codec<Element>::format(element));
      return texts;
    } else {
      return {Codec<T>::format(value)};
    }
  }
  bool try_assign(const RawValue& raw) override {
    std::vector<Element> values;
    for (const std::string& text : raw.texts) {
      std::optional<Element> value = Codec<Element>::parse(text);
      if (!value || (accept_ && !accept_(*value))) return false;
      values.push_back(std::move(*value));
    }
    if constexpr (ElementOf<T>::kIsList) {
      member_ = std::move(values);
    } else {
      if (values.size() != 1 || raw.is_list) return false;
      member_ = std::move(values.front());
    }
    return true;
  }

  T& member_;
  T default_;
  std::string allowed_;
  std::function<bool(const Element&)> accept_;
};

}  // namespace filmoteka::config
